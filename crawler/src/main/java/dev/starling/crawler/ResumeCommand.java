package dev.starling.crawler;

import dev.starling.node.Event;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `starling crawl resume`.
@Command(
        name = "resume",
        description = "Have a paused crawl go on.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  starling crawl resume"})
final class ResumeCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;

    @Override
    public Integer call() throws Failure, IOException {
        boolean isChanged = PauseCommand.change(options, false);
        var output = options.output();
        output.event(Event.of("resumed"));
        output.result(isChanged ? "resumed" : "was not paused");
        return 0;
    }
}
