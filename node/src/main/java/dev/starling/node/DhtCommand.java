package dev.starling.node;

import picocli.CommandLine.Command;

/// `starling dht`: one DHT operation, with its trace.
@Command(
        name = "dht",
        description = "Do one thing in the DHT and show how it went.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            DhtPingCommand.class,
            DhtFindNodeCommand.class,
            DhtLookupCommand.class,
            DhtScrapeCommand.class,
            DhtSampleCommand.class,
            DhtPutCommand.class,
            DhtGetCommand.class
        })
final class DhtCommand {}
