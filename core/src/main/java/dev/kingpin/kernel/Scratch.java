package dev.kingpin.kernel;

/**
 * Working memory of the matrix kernels. The caller owns it and hands it to each call; contents
 * carry nothing from one call to the next.
 *
 * <p>Not safe for use by two threads at a time: one object a thread. It grows with the largest call
 * it has seen, to at most about one megabyte, so that loops allocate nothing.
 */
public final class Scratch {

  private float[] left = new float[0];
  private float[] right = new float[0];
  private float[] edge = new float[0];
  private float[] partial = new float[0];

  /** At least {@code length} floats for the packed left factor. */
  float[] left(int length) {
    if (left.length < length) {
      left = new float[length];
    }
    return left;
  }

  /** At least {@code length} floats for the packed right factor. */
  float[] right(int length) {
    if (right.length < length) {
      right = new float[length];
    }
    return right;
  }

  /** At least {@code length} floats for a result narrower than a vector. */
  float[] edge(int length) {
    if (edge.length < length) {
      edge = new float[length];
    }
    return edge;
  }

  /** At least {@code length} floats for a tile with fewer rows than it computes. */
  float[] partial(int length) {
    if (partial.length < length) {
      partial = new float[length];
    }
    return partial;
  }
}
