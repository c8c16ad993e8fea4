#pragma once

// Libraries whose headers define macros in plain words, as far as there are any.
#if __has_include(<X11/Xlib.h>)
#include <X11/Xlib.h>
#endif
#if __has_include(<X11/Xutil.h>)
#include <X11/Xutil.h>
#endif
#if __has_include(<X11/X.h>)
#include <X11/X.h>
#endif
#if __has_include(<QObject>)
#include <QObject>
#endif
#if __has_include(<SDL2/SDL.h>)
#include <SDL2/SDL.h>
#endif

// What Qt and X11 define, where they are not there.
#if !defined(emit)
#define emit
#define slots
#define signals public
#define foreach for_each_of_qt
#define forever for (;;)
#endif
#if !defined(None)
#define None 0L
#define Status int
#define Bool int
#define Success 0
#define Always 2
#define True 1
#define False 0
#define Above 0
#define Below 1
#define Complex 0
#define Unsorted 0
#endif
