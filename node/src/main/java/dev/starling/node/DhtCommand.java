package dev.starling.node;

import picocli.CommandLine.Command;

/// `starling dht`: one DHT operation, with its trace.
@Command(
        name = "dht",
        description = "Do one thing in the DHT and show how it went.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling dht ping router.bittorrent.com:6881",
            "  starling dht lookup 0123456789abcdef0123456789abcdef01234567 --trace",
            "  starling dht put 'hello, world'",
            "  starling dht scrape 0123456789abcdef0123456789abcdef01234567"
        },
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
