/**
 * Linear models: least squares with a ridge penalty from one Gram matrix, and logistic regression
 * by Newton's method.
 */
@NullMarked
package dev.kingpin.learner.linear;

import org.jspecify.annotations.NullMarked;
