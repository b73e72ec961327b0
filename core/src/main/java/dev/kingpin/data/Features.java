package dev.kingpin.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The features of a run, numeric ones first, each kind in the order that the user gave. The same
 * for all groups.
 */
public record Features(List<Feature.Numeric> numeric, List<Feature.Categorical> categorical) {
  public Features {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
  }

  /** Names of all features, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    numeric.forEach(f -> names.add(f.name()));
    categorical.forEach(f -> names.add(f.name()));
    return names;
  }
}
