/** Rules that no compiler holds, as tests over the classes, the sources and the pages. */
@NullMarked
package dev.kingpin.architecture;

import org.jspecify.annotations.NullMarked;
