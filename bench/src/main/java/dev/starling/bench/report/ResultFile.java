package dev.starling.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The results of one run, by the name of the file they were kept in.
record ResultFile(String name, List<ResultLine> lines) {

    private static final String SUFFIX = ".jsonl";

    ResultFile {
        lines = List.copyOf(lines);
    }

    static ResultFile read(Path file) throws IOException {
        var name = Optional.ofNullable(file.getFileName()).orElse(file).toString();
        return new ResultFile(
                name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name,
                Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .flatMap(line -> ResultLine.parse(line).stream())
                        .toList());
    }

    /// The files named, and those in the folders named, in the order of their names: dated names
    /// thus from old to new.
    static List<ResultFile> readAll(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (var path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    inside.filter(file -> file.toString().endsWith(SUFFIX))
                            .sorted()
                            .forEach(files::add);
                }
            } else {
                files.add(path);
            }
        }
        List<ResultFile> results = new ArrayList<>();
        for (var file : files) {
            results.add(read(file));
        }
        return results;
    }

    List<ResultLine> of(String event) {
        return lines.stream().filter(line -> line.is(event)).toList();
    }
}
