package dev.starling.metainfo;

/// One file of a torrent.
///
/// @param path where it goes below the download folder, elements joined by `/`; already made safe
///   by [SafePath], the torrent's name first; distinct but for padding
/// @param offsetBytes where it begins among the torrent's bytes
/// @param isPadding never written: a pad file (BEP 47), counted in pieces as zeros, or a symbolic
///   link, of length 0
public record FileEntry(String path, long offsetBytes, long lengthBytes, boolean isPadding) {}
