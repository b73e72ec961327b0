/**
 * Two toy learners: the least that can be trained by {@link dev.kingpin.learner.AggregateTrainer}
 * with state that stays with the rows, and by {@link dev.kingpin.learner.SequentialTrainer}. They
 * keep the contract, so that tests of engines need not wait for real learners of all patterns.
 */
@NullMarked
package dev.kingpin.learner.toy;

import org.jspecify.annotations.NullMarked;
