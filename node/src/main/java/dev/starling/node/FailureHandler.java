package dev.starling.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Turns what a command threw into one clear line and an exit status.
final class FailureHandler implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(
            Exception thrown, CommandLine commandLine, ParseResult parsed) throws Exception {
        var arguments = commandLine.getParseResult().originalArgs();
        boolean isJson = arguments.contains("--json");
        var output =
                new Output(
                        commandLine.getOut(), commandLine.getErr(), Output.Mode.ofProcess(isJson));
        switch (thrown) {
            case Failure failure -> output.error(failure.reason(), failure.hint());
            case IOException io -> output.error(describe(io), "");
            default -> throw thrown; // our mistake: the trace is what helps
        }
        if (arguments.stream().anyMatch(argument -> argument.startsWith("-v"))) {
            printTrace(thrown, commandLine.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String describe(IOException io) {
        String message = io.getMessage();
        return switch (io) {
            case java.nio.file.NoSuchFileException missing ->
                    "there is no file or folder " + missing.getFile();
            case java.nio.file.AccessDeniedException denied ->
                    "not allowed to read or write " + denied.getFile();
            default -> message == null ? io.getClass().getSimpleName() : message;
        };
    }

    private static void printTrace(Exception thrown, PrintWriter err) {
        err.println(thrown);
        Arrays.stream(thrown.getStackTrace()).forEach(frame -> err.println("    at " + frame));
        err.flush();
    }
}
