/// One torrent among its peers: which piece to ask of whom, whom to unchoke, whom to ban. Imports
/// `metainfo`, `wire` and what lies below them.
@NullMarked
package dev.starling.swarm;

import org.jspecify.annotations.NullMarked;
