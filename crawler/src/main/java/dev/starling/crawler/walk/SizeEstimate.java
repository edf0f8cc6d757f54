package dev.starling.crawler.walk;

/// How many nodes a network has, with an interval that holds the truth in 19 of 20 cases.
public record SizeEstimate(double nodes, double low, double high) {
    public static final SizeEstimate UNKNOWN = new SizeEstimate(0, 0, 0);
}
