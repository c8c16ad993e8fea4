// Macros that other people's headers define must not hurt ours. The libraries below us come first; theirs to
// guard.
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <nlohmann/json.hpp>

#if !defined(_WIN32)
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <chrono>
#include <clocale>
#include <cmath>
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <random>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#undef DELETE  // a DNS header has it
#define HURTS this does not compile (
#define min(a, b) HURTS
#define max(a, b) HURTS
#define ERROR HURTS
#define DELETE HURTS
#define OFF HURTS
#define ON HURTS
#define TRUE HURTS
#define FALSE HURTS
#define IN HURTS
#define OUT HURTS
#define OPTIONAL HURTS
#define NO_ERROR HURTS
#define STRICT HURTS
#define TEXT(x) HURTS
#define GetObject HURTS
#define GetMessage HURTS
#define SendMessage HURTS
#define CreateFile HURTS
#define interface HURTS
#define small HURTS
#define near HURTS
#define far HURTS
#define check(x) HURTS
#define verify(x) HURTS
#define major(x) HURTS
#define minor(x) HURTS
// Qt, X11, curses, windows.h, math.h
#define emit HURTS
#define slots HURTS
#define signals HURTS
#define foreach(a, b) HURTS
#define forever HURTS
#define Status HURTS
#define None HURTS
#define Bool HURTS
#define Success HURTS
#define Always HURTS
#define True HURTS
#define False HURTS
#define Above HURTS
#define Below HURTS
#define Complex HURTS
#define Convex HURTS
#define Unsorted HURTS
#define KeyPress HURTS
#define KeyRelease HURTS
#define FocusIn HURTS
#define FocusOut HURTS
#define Expose HURTS
#define GrayScale HURTS
#define CursorShape HURTS
#define StaticGray HURTS
#define YSorted HURTS
#define NoValue HURTS
#define getch() HURTS
#define timeout(x) HURTS
#define beep() HURTS
#define SDL_main HURTS
#define ALTERNATE HURTS
#define DOMAIN HURTS
#define OVERFLOW HURTS
#define UNDERFLOW HURTS
#define HUGE HURTS
#define DIFFERENCE HURTS
#define ABSOLUTE HURTS
#define RELATIVE HURTS
#define CONST HURTS
#define VOID HURTS
#define THIS HURTS
#define DrawText HURTS
#define GetCommandLine HURTS
#define GetUserName HURTS
#define GetJob HURTS
#define AddJob HURTS
#define GetClassName HURTS
#define PlaySound HURTS
#define ReplaceFile HURTS
#define CreateWindow HURTS
#define LoadImage HURTS
#define T HURTS
#undef T  // template parameters are nobody's to poison

#include <genai/async.hpp>
#include <genai/cost.hpp>
#include <genai/genai.hpp>
#include <genai/limits.hpp>
#include <genai/router.hpp>
#include <genai/call_log.hpp>
#include <genai/tracing.hpp>
#include <genai/adaptive.hpp>
#include <genai/bulk.hpp>
#include <genai/mcp.hpp>
#include <genai/testing/emulator.hpp>
#include <genai/tools.hpp>

int main() { return genai::encode(genai::Part::from_text("x")).empty() ? 1 : 0; }
