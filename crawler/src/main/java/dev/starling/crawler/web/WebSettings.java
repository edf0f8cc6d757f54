package dev.starling.crawler.web;

import dev.starling.node.monitor.HttpAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a server listens and whom it lets in.
///
/// @param names besides addresses and `localhost` that requests may be for
/// @param readKey in place of the one kept in `data`; then asked for on loopback too
/// @param data the folder that keeps the keys
public record WebSettings(
        HttpAddress address, List<String> names, Optional<String> readKey, Path data) {

    public WebSettings {
        names = List.copyOf(names);
    }
}
