/** By whom a plan is run: what every engine shares. Each engine has a package of its own below. */
@NullMarked
package dev.kingpin.engine;

import org.jspecify.annotations.NullMarked;
