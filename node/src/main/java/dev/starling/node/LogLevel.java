package dev.starling.node;

/// From what weight on something is logged.
enum LogLevel {
    error,
    warn,
    info,
    debug,
    trace
}
