package dev.starling.crawler.fetch;

/// What a fetcher has done so far and has to do.
///
/// @param fetched info dictionaries
/// @param failed infohashes none of whose peers served
/// @param attempts connections begun
/// @param liars peers that sent false metadata
/// @param underWay connections now
/// @param waiting infohashes that wait for a connection
/// @param heldBytes of metadata, incomplete
public record FetchStats(
        long fetched,
        long unusable,
        long failed,
        long attempts,
        long timeouts,
        long liars,
        int underWay,
        int waiting,
        long heldBytes) {}
