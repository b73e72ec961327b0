package dev.kingpin.learner.linear;

import dev.kingpin.learner.RowMask;

/**
 * A Hessian that fits near by may borrow.
 *
 * @param mask on whose rows it was summed
 * @param place where it was taken
 * @param hessian of the mean loss: (outputs * width, outputs * width), row-major, symmetric
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reference(RowMask mask, Place place, double[] hessian) {}
