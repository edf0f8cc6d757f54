package dev.starling.bench;

import picocli.CommandLine.Command;

/// `starling bench`: the group that holds every benchmark.
@Command(
        name = "bench",
        description = "Measures what Starling costs on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {HashCommand.class, LookupCommand.class, JmhCommand.class})
final class BenchCommand {}
