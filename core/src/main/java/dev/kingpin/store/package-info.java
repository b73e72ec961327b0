/**
 * What is kept: all models of a run as one file (the artifact), and while the run goes on, a
 * journal beside it, so that a killed run resumes.
 *
 * <p>This package knows bytes: keys and payloads are opaque to it. For a target {@code delay.kp} it
 * uses the names {@code delay.kp.journal}, {@code delay.kp.lock} and, while a file is being
 * written, {@code .tmp} behind a name. Start reading at {@link dev.kingpin.store.Artifact} and
 * {@link dev.kingpin.store.Journal}.
 *
 * <p>A file that cannot be read, written or trusted is refused with {@link
 * dev.kingpin.data.InputException}; a wrong call is an {@link IllegalArgumentException} or {@link
 * IllegalStateException}.
 */
@NullMarked
package dev.kingpin.store;

import org.jspecify.annotations.NullMarked;
