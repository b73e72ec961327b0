package dev.kingpin.learner;

import dev.kingpin.data.GroupStats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How requests and partials cross from worker to worker. What is read is equal to what was written:
 * it gives the same bits.
 *
 * @param <Q> the request
 * @param <P> the partial
 */
public interface Wire<Q, P> {
  /** Writes a request for a worker that knows the statistics of the group. */
  void writeRequest(Q request, DataOutput out) throws IOException;

  /**
   * Reads a request.
   *
   * @param last what was read before it for the same rows, if anything; parts of it may be shared
   */
  Q readRequest(DataInput in, GroupStats group, @Nullable Q last) throws IOException;

  /** Writes the answer to a request for a worker that has made the request. */
  void writePartial(Q request, P partial, DataOutput out) throws IOException;

  /** Reads the answer to a request. */
  P readPartial(Q request, DataInput in) throws IOException;
}
