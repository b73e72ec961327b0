package dev.kingpin.engine;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Prior;
import dev.kingpin.query.Fallback;
import dev.kingpin.store.TrainedGroup;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The families that have been trained, for the groups that descend from them. */
public final class Kin {
  private final Map<GroupKey, TrainedGroup> families = new ConcurrentHashMap<>();

  /** A family has its outcome. */
  public void add(TrainedGroup family) {
    families.put(family.key(), family);
  }

  /** The nearest family above a key that has a tuned model. */
  Optional<TrainedGroup> parent(GroupKey key) {
    for (int depth = key.values().size() - 1; depth >= 0 && !families.isEmpty(); depth--) {
      Optional<TrainedGroup> family = trained(key.prefix(depth));
      if (family.isPresent()) {
        return family;
      }
    }
    return Optional.empty();
  }

  /** The model of all rows, if it is above the key. */
  Optional<TrainedGroup> global(GroupKey key) {
    return key.values().isEmpty() || families.isEmpty() ? Optional.empty() : trained(key.prefix(0));
  }

  /** Who answers for a group without a model. */
  Optional<TrainedGroup> answering(GroupKey key, Fallback fallback) {
    return switch (fallback) {
      case PARENT -> parent(key);
      case GLOBAL -> global(key);
      case NONE, FAIL -> Optional.empty();
    };
  }

  private Optional<TrainedGroup> trained(GroupKey key) {
    return Optional.ofNullable(families.get(key))
        .filter(f -> f.outcome() instanceof Outcome.Trained);
  }

  /** What the chains of a group want to know of its parent; null if nothing. */
  public @Nullable Prior prior(TrainJob job, GroupKey key) {
    boolean wants =
        !families.isEmpty() && job.configs().stream().anyMatch(job.query().learner()::wantsPrior);
    return wants ? parent(key).map(Kin::prior).orElse(null) : null;
  }

  static Prior prior(TrainedGroup family) {
    return new Prior(family.foldModels(), model(family));
  }

  private static Model model(TrainedGroup family) {
    return ((Outcome.Trained) family.outcome()).model();
  }
}
