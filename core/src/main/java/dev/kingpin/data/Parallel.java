package dev.kingpin.data;

import java.util.function.IntConsumer;

/** Does a piece of work in parts, several at a time where there are threads to spare. */
public interface Parallel {
  /** One part after the other, by who asks for it. */
  Parallel ALONE =
      new Parallel() {
        @Override
        public int threads() {
          return 1;
        }

        @Override
        public void run(int parts, IntConsumer part) {
          for (int i = 0; i < parts; i++) {
            part.accept(i);
          }
        }
      };

  /** How many parts are done at a time, at most. */
  int threads();

  /**
   * Returns when all parts are done; what they have written is then seen.
   *
   * @param parts how many there are
   * @param part does the part with a number, from 0; in any order, and none waits for another
   */
  void run(int parts, IntConsumer part);
}
