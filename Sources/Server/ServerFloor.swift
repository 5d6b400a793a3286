#if Server
  internal import Hummingbird
  internal import HummingbirdHTTP2
  internal import HummingbirdTLS
  internal import JWTKit
  internal import Logging
  internal import X509
#endif
