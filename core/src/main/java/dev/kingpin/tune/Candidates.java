package dev.kingpin.tune;

import dev.kingpin.learner.Config;
import java.util.List;

/**
 * What a query tries.
 *
 * @param configs all different to the learner
 * @param combinations how many different ones the values asked for make, or 0 if they make more
 *     than can be counted
 * @param notes what the user should hear of
 */
public record Candidates(List<Config> configs, int combinations, List<String> notes) {
  public Candidates {
    configs = List.copyOf(configs);
    notes = List.copyOf(notes);
  }
}
