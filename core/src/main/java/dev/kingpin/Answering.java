package dev.kingpin;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Rivals;
import dev.kingpin.query.AnswerWith;
import dev.kingpin.query.Fallback;
import dev.kingpin.store.Models;
import dev.kingpin.store.TrainedGroup;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds who answers for a group: its own model, that of a family it belongs to, or nobody. For
 * groups of the training rows the run has decided; others get the nearest family that the query's
 * fallback allows. Safe for many threads.
 */
final class Answering {
  private final Models models;
  private final Metric metric;
  private final Fallback fallback;
  private final AnswerWith answerWith;
  private final Map<GroupKey, Optional<Model>> families = new ConcurrentHashMap<>();

  Answering(Models models) {
    this.models = models;
    metric = models.header().metric();
    fallback = models.header().query().fallback();
    answerWith = models.header().query().answerWith();
  }

  /**
   * An answer to the question who answers.
   *
   * @param level of the model
   * @param who key of the group or family that the model was learned from, or null
   * @param model or null if there is none
   * @param seen whether the group was among the training rows
   */
  record Answer(Level level, @Nullable GroupKey who, @Nullable Model model, boolean seen) {}

  /**
   * Who answers for a group.
   *
   * @throws InputException if nobody does and the query wants that to be an error
   */
  Answer of(GroupKey key) {
    Optional<TrainedGroup> group = models.find(key);
    if (group.isEmpty()) {
      Answer answer = nearest(key, key.values().size() - 1, false);
      return answer.model() == null ? nobody(key, "it was not in the training table") : answer;
    }
    Outcome outcome = group.get().outcome();
    if (outcome instanceof Outcome.Trained trained) {
      return answerWith == AnswerWith.BEST ? best(key, trained) : own(key, trained.model());
    }
    if (outcome instanceof Outcome.Constant constant) {
      return own(key, constant.model());
    }
    if (outcome instanceof Outcome.Fallback instead) {
      return ofFamily(instead.answering(), true);
    }
    return nobody(key, ((Outcome.Failed) outcome).message());
  }

  private static Answer own(GroupKey key, Model model) {
    return new Answer(Level.GROUP, key, model, true);
  }

  /** Whoever did best on the group's validation rows; between equals its own model. */
  private Answer best(GroupKey key, Outcome.Trained trained) {
    Rivals rivals = trained.rivals();
    Answer best = own(key, trained.model());
    double score = trained.metric();
    if (metric.compare(rivals.parent(), score) < 0) {
      best = nearest(key, key.values().size() - 1, true);
      score = rivals.parent();
    }
    return metric.compare(rivals.global(), score) < 0 ? ofFamily(key.prefix(0), true) : best;
  }

  /** The nearest family with a model, from a number of shared values on. */
  private Answer nearest(GroupKey key, int shared, boolean seen) {
    boolean allowed = seen || fallback == Fallback.PARENT || fallback == Fallback.GLOBAL;
    int from = fallback == Fallback.GLOBAL && !seen ? 0 : shared;
    for (int depth = from; allowed && depth >= 0; depth--) {
      Answer answer = ofFamily(key.prefix(depth), seen);
      if (answer.model() != null) {
        return answer;
      }
    }
    return new Answer(Level.NONE, null, null, seen);
  }

  private Answer ofFamily(GroupKey family, boolean seen) {
    Model model = families.computeIfAbsent(family, this::tuned).orElse(null);
    if (model == null) {
      return new Answer(Level.NONE, null, null, seen);
    }
    return new Answer(family.values().isEmpty() ? Level.GLOBAL : Level.PARENT, family, model, seen);
  }

  private Optional<Model> tuned(GroupKey family) {
    return models
        .find(family)
        .map(TrainedGroup::outcome)
        .map(o -> o instanceof Outcome.Trained trained ? trained.model() : null);
  }

  private Answer nobody(GroupKey key, String why) {
    if (fallback == Fallback.FAIL) {
      throw new InputException(
          "Nobody answers for group ("
              + key
              + "): "
              + why
              + ". Maybe leave its rows out with --where, or train with fallback parent.");
    }
    return new Answer(Level.NONE, null, null, models.find(key).isPresent());
  }
}
