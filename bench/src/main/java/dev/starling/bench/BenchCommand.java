package dev.starling.bench;

import dev.starling.bench.conformance.ConformanceCommand;
import dev.starling.bench.crawl.SizeCommand;
import dev.starling.bench.hash.HashCommand;
import dev.starling.bench.load.EchoCommand;
import dev.starling.bench.load.FloodCommand;
import dev.starling.bench.load.LoadCommand;
import dev.starling.bench.load.SoakCommand;
import dev.starling.bench.lookup.LookupCommand;
import dev.starling.bench.report.ReportCommand;
import dev.starling.bench.search.SearchBenchCommand;
import picocli.CommandLine.Command;

/// `starling bench`: the group that holds every benchmark.
@Command(
        name = "bench",
        description = "Measures what Starling costs on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling bench hash",
            "  starling bench load 127.0.0.1:6881",
            "  starling bench lookup --random 50 --output lookups.html",
            "  starling bench conformance 127.0.0.1:6881"
        },
        subcommands = {
            HashCommand.class,
            LookupCommand.class,
            LoadCommand.class,
            EchoCommand.class,
            SoakCommand.class,
            FloodCommand.class,
            ConformanceCommand.class,
            SearchBenchCommand.class,
            SizeCommand.class,
            JmhCommand.class,
            ReportCommand.class
        })
final class BenchCommand {}
