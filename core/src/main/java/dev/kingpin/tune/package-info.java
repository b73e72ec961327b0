/** Which configs are tried, on which rows they are judged, and which of them wins. */
@NullMarked
package dev.kingpin.tune;

import org.jspecify.annotations.NullMarked;
