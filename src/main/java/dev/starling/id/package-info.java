/// Who and where: points of the 160-bit keyspace, IP addresses, endpoints and contacts. Values
/// only; imports nothing of Starling.
@NullMarked
package dev.starling.id;

import org.jspecify.annotations.NullMarked;
