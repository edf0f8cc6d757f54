package dev.starling.crawler.catalogue.command;

import picocli.CommandLine.Command;

/// `starling catalogue`: the operator's side of the catalogue.
@Command(
        name = "catalogue",
        description = "Keep the crawler's catalogue: block, export, import, count, serve.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling catalogue stats",
            "  starling catalogue block word:spam --why 'too much'",
            "  starling catalogue export torrents.jsonl",
            "  starling catalogue serve"
        },
        subcommands = {
            BlockCommand.class,
            UnblockCommand.class,
            BlocksCommand.class,
            AuditCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            ServeCommand.class,
            StatsCommand.class
        })
public final class CatalogueCommand {}
