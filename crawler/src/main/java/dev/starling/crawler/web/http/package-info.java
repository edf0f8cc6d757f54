/// Routes, who may take them, and the server that serves them. Knows nothing of torrents.
@NullMarked
package dev.starling.crawler.web.http;

import org.jspecify.annotations.NullMarked;
