package dev.kingpin.kernel;

/**
 * Hashes that stand in for random numbers: a choice made for row 7 depends on the seed and on 7,
 * not on who asks first.
 *
 * <p>{@link #mix} is the finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
 * Number Generators, OOPSLA 2014). Not for secrets.
 */
public final class Hash {

  /** 2^64 divided by the golden ratio, made odd. */
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private static final double UNIT = 0x1p-53;

  private Hash() {}

  /** A bijection of the 64-bit numbers in which each input bit moves about half the output bits. */
  public static long mix(long value) {
    long h = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }

  /** The hash of {@code value} under {@code seed}; for one seed no two values collide. */
  public static long hash(long seed, long value) {
    return mix(mix(seed + GAMMA) + value * GAMMA);
  }

  /** A hash as a number in [0, 1): its upper 53 bits, evenly spaced. */
  public static double unit(long hash) {
    return (hash >>> 11) * UNIT;
  }
}
