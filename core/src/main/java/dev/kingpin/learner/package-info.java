/**
 * What is learned: the training contract that every model family fulfils, and what all families
 * share (configs, tasks, metrics, chains, outcomes). Each family has a package of its own below.
 */
@NullMarked
package dev.kingpin.learner;

import org.jspecify.annotations.NullMarked;
