package dev.starling.node;

import static org.slf4j.Logger.ROOT_LOGGER_NAME;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/// Where logging goes: to stderr, warnings and worse, or from the level that `STARLING_LOG` or `-v`
/// names.
///
/// Found by Logback through `ServiceLoader`. Code instead of an XML file, since reading XML would
/// cost every command a tenth of a second.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

    private static final String LINE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n%ex";

    /// Logs more from here on.
    ///
    /// @param times how often `-v` was given: once for `INFO`, more for `DEBUG`
    static void verbose(int times) {
        if (times > 0 && LoggerFactory.getLogger(ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(times == 1 ? Level.INFO : Level.DEBUG);
        }
    }

    /// Logs from the level on that the environment names, as at the start.
    static void reset() {
        if (LoggerFactory.getLogger(ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(initial());
        }
    }

    /// Logs from this level on from here on.
    static void level(LogLevel level) {
        if (LoggerFactory.getLogger(ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.toLevel(level.name()));
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();

        var stderr = new ConsoleAppender<ILoggingEvent>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();

        var root = context.getLogger(ROOT_LOGGER_NAME);
        root.setLevel(initial());
        root.addAppender(stderr);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level initial() {
        return Level.toLevel(System.getenv("STARLING_LOG"), Level.WARN);
    }
}
