package dev.starling.crawler.walk;

/// What one sweep of a zone counted; the size of the network is estimated from it.
///
/// @param nodes that answered
/// @param listedOnce of them, how many just one other node named
/// @param listedTwice and how many two did
/// @param secondTry of them, how many answered only the second question
/// @param firstTry and how many the first
/// @param tries questions asked at most of one that is silent
/// @param silent contacts that never answered
public record ZoneCount(
        int nodes,
        int listedOnce,
        int listedTwice,
        int firstTry,
        int secondTry,
        int tries,
        int silent) {}
