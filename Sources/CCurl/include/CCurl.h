#ifndef C_CURL_H
#define C_CURL_H
#define CURL_DISABLE_TYPECHECK 1   /* the type-checking macros add nothing behind functions */
#include <curl/curl.h>
#include <stdbool.h>

/* libcurl is not linked but loaded when it is first needed: its 33 shared objects would cost every
   start of the program 4 ms. Call nothing of <curl/curl.h> itself: only what stands here. */

/* Loads libcurl, once; false where it is missing or too old. From any thread. */
bool cc_load(void);
/* Why cc_load was false; an empty text where it was true. */
const char *cc_load_problem(void);

CURL *cc_easy_init(void);
void cc_easy_cleanup(CURL *easy);
const char *cc_easy_strerror(CURLcode code);
CURLcode cc_set_long(CURL *easy, CURLoption option, long value);
CURLcode cc_set_size(CURL *easy, CURLoption option, curl_off_t value);
CURLcode cc_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode cc_set_pointer(CURL *easy, CURLoption option, void *value);
/* The bytes are copied. */
CURLcode cc_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t count);
CURLcode cc_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
typedef size_t (*cc_data_function)(char *bytes, size_t size, size_t count, void *context);
CURLcode cc_set_data_function(CURL *easy, CURLoption option, cc_data_function function);
/* Only http, or only https. */
CURLcode cc_set_protocol(CURL *easy, bool tls);
CURLcode cc_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode cc_get_pointer(CURL *easy, CURLINFO info, void **value);
/* What the other side has shown as its own certificate, in PEM; NULL where there is none. It lives as
   long as `easy`. Needs CURLOPT_CERTINFO. */
const char *cc_leaf_certificate(CURL *easy);

struct curl_slist *cc_list_append(struct curl_slist *list, const char *line);
void cc_list_free(struct curl_slist *list);

CURLM *cc_multi_init(void);
void cc_multi_cleanup(CURLM *multi);
CURLMcode cc_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode cc_multi_add(CURLM *multi, CURL *easy);
CURLMcode cc_multi_remove(CURLM *multi, CURL *easy);
/* Goes on without waiting. A broken connection raises no SIGPIPE. */
CURLMcode cc_multi_perform(CURLM *multi, int *running);
/* Waits for the network, one of libcurl's own timers, cc_multi_wakeup or `milliseconds`. */
CURLMcode cc_multi_wait(CURLM *multi, int milliseconds);
/* From any thread. */
CURLMcode cc_multi_wakeup(CURLM *multi);
/* True where `easy` is done, and then with its `result`. */
bool cc_multi_done(CURLM *multi, CURL *easy, CURLcode *result);

#endif
