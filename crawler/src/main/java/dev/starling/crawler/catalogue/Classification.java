package dev.starling.crawler.catalogue;

import java.util.List;
import java.util.Optional;

/// What a torrent's names tell about it, by rules. Each part is empty where they tell nothing.
///
/// @param title the work's, without the year, the quality and who made the torrent
/// @param season from 0, which is specials, to 999
/// @param episode the first one where there are several
/// @param resolution lines of the picture, such as `1080p`
/// @param languages BCP 47 codes, such as `de`
public record Classification(
        ContentType type,
        Optional<String> title,
        Optional<Integer> year,
        Optional<Integer> season,
        Optional<Integer> episode,
        Optional<String> resolution,
        List<String> languages) {

    public Classification {
        languages = List.copyOf(languages);
    }

    /// Nothing but a type.
    public static Classification of(ContentType type) {
        return new Classification(
                type,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
