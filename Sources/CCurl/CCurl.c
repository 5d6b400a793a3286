#define _GNU_SOURCE 1
#include "CCurl.h"
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define EACH(DO) \
    DO(curl_global_init) DO(curl_easy_init) DO(curl_easy_cleanup) DO(curl_easy_strerror) \
    DO(curl_easy_setopt) DO(curl_easy_getinfo) DO(curl_slist_append) DO(curl_slist_free_all) \
    DO(curl_multi_init) DO(curl_multi_cleanup) DO(curl_multi_setopt) DO(curl_multi_add_handle) \
    DO(curl_multi_remove_handle) DO(curl_multi_perform) DO(curl_multi_poll) DO(curl_multi_wakeup) \
    DO(curl_multi_info_read)

#define DECLARE(name) static __typeof__(name) *p_##name;
EACH(DECLARE)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool loaded = false;
static char problem[256] = "";

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
    if (!library) {
        const char *reason = dlerror();
        snprintf(problem, sizeof problem, "%s", reason ? reason : "libcurl.so.4 cannot be loaded");
        return;
    }
#define FIND(name) \
    if (!(p_##name = (__typeof__(p_##name))dlsym(library, #name))) { \
        snprintf(problem, sizeof problem, "libcurl.so.4 is too old: it has no " #name); \
        return; \
    }
    EACH(FIND)
    if (p_curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        snprintf(problem, sizeof problem, "libcurl.so.4 cannot be initialised");
        return;
    }
    loaded = true;
}

bool cc_load(void) {
    pthread_once(&once, load);
    return loaded;
}

const char *cc_load_problem(void) { return problem; }

CURL *cc_easy_init(void) { return p_curl_easy_init(); }
void cc_easy_cleanup(CURL *easy) { p_curl_easy_cleanup(easy); }
const char *cc_easy_strerror(CURLcode code) { return p_curl_easy_strerror(code); }

CURLcode cc_set_long(CURL *easy, CURLoption option, long value) {
    return p_curl_easy_setopt(easy, option, value);
}
CURLcode cc_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return p_curl_easy_setopt(easy, option, value);
}
CURLcode cc_set_text(CURL *easy, CURLoption option, const char *value) {
    return p_curl_easy_setopt(easy, option, value);
}
CURLcode cc_set_pointer(CURL *easy, CURLoption option, void *value) {
    return p_curl_easy_setopt(easy, option, value);
}
CURLcode cc_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return p_curl_easy_setopt(easy, option, &blob);
}
CURLcode cc_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return p_curl_easy_setopt(easy, option, value);
}
CURLcode cc_set_data_function(CURL *easy, CURLoption option, cc_data_function function) {
    return p_curl_easy_setopt(easy, option, function);
}

/* By number: CURLOPT_PROTOCOLS_STR is younger than some headers, CURLOPT_PROTOCOLS is deprecated. */
CURLcode cc_set_protocol(CURL *easy, bool tls) {
    enum { protocols_text = CURLOPTTYPE_STRINGPOINT + 318, protocols_bits = CURLOPTTYPE_LONG + 181 };
    CURLcode code = p_curl_easy_setopt(easy, (CURLoption)protocols_text, tls ? "https" : "http");
    if (code != CURLE_UNKNOWN_OPTION) return code;
    return p_curl_easy_setopt(easy, (CURLoption)protocols_bits,
                              (long)(tls ? CURLPROTO_HTTPS : CURLPROTO_HTTP));
}

CURLcode cc_get_long(CURL *easy, CURLINFO info, long *value) {
    return p_curl_easy_getinfo(easy, info, value);
}
CURLcode cc_get_pointer(CURL *easy, CURLINFO info, void **value) {
    return p_curl_easy_getinfo(easy, info, value);
}

const char *cc_leaf_certificate(CURL *easy) {
    struct curl_certinfo *chain = NULL;
    if (p_curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain) return NULL;
    if (chain->num_of_certs < 1) return NULL;
    for (struct curl_slist *line = chain->certinfo[0]; line; line = line->next) {
        if (strncmp(line->data, "Cert:", 5) == 0) return line->data + 5;
    }
    return NULL;
}

struct curl_slist *cc_list_append(struct curl_slist *list, const char *line) {
    return p_curl_slist_append(list, line);
}
void cc_list_free(struct curl_slist *list) { p_curl_slist_free_all(list); }

/* OpenSSL may write to a broken connection without MSG_NOSIGNAL: the signal is held back meanwhile, and
   taken away if it came from here. */
typedef struct {
    sigset_t before;
    bool was_pending;
} quiet;

static void set_pipe(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGPIPE);
}

static quiet hold_pipe(void) {
    quiet state;
    sigset_t pipe, pending;
    set_pipe(&pipe);
    sigpending(&pending);
    state.was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe, &state.before);
    return state;
}

static void release_pipe(const quiet *state) {
    if (!state->was_pending) {
        sigset_t pipe;
        struct timespec now = {0, 0};
        set_pipe(&pipe);
        while (sigtimedwait(&pipe, NULL, &now) > 0) {}
    }
    pthread_sigmask(SIG_SETMASK, &state->before, NULL);
}

CURLM *cc_multi_init(void) { return p_curl_multi_init(); }

void cc_multi_cleanup(CURLM *multi) {
    quiet state = hold_pipe();
    p_curl_multi_cleanup(multi);
    release_pipe(&state);
}

CURLMcode cc_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return p_curl_multi_setopt(multi, option, value);
}

CURLMcode cc_multi_add(CURLM *multi, CURL *easy) { return p_curl_multi_add_handle(multi, easy); }

CURLMcode cc_multi_remove(CURLM *multi, CURL *easy) {
    quiet state = hold_pipe();
    CURLMcode code = p_curl_multi_remove_handle(multi, easy);
    release_pipe(&state);
    return code;
}

CURLMcode cc_multi_perform(CURLM *multi, int *running) {
    quiet state = hold_pipe();
    CURLMcode code = p_curl_multi_perform(multi, running);
    release_pipe(&state);
    return code;
}

CURLMcode cc_multi_wait(CURLM *multi, int milliseconds) {
    return p_curl_multi_poll(multi, NULL, 0, milliseconds, NULL);
}

CURLMcode cc_multi_wakeup(CURLM *multi) { return p_curl_multi_wakeup(multi); }

bool cc_multi_done(CURLM *multi, CURL *easy, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    bool done = false;
    while ((message = p_curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE || message->easy_handle != easy) continue;
        *result = message->data.result;
        done = true;
    }
    return done;
}
