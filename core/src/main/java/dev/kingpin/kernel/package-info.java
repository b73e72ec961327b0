/**
 * The inner loops: flat-array operations that know rows and matrices, but no model.
 *
 * <p>{@link dev.kingpin.kernel.Kernels} is the one door. Behind it stand two twins, a scalar one
 * and one that uses the Vector API. They give the same bits for every operation, on every machine.
 */
@NullMarked
package dev.kingpin.kernel;

import org.jspecify.annotations.NullMarked;
