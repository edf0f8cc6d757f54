package dev.starling.routing;

/// How full one bucket is.
///
/// @param depth leading bits its contacts share with our id; of the last bucket the fewest
/// @param good members heard of lately
/// @param capacity members it may have
/// @param waiting contacts that wait for a place
public record BucketFill(int depth, int contacts, int good, int capacity, int waiting) {}
