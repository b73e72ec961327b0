package dev.kingpin.engine;

/**
 * What a worker that shares nothing did in a run, or a thread: it sends nothing, and what it holds
 * is not its own.
 *
 * @param bytes sent to other workers
 * @param messages sent to other workers
 * @param syncs steps of groups that it owns which waited for answers of other workers
 * @param busySeconds that it computed
 * @param mostBytes of rows that it held, at the fullest
 */
public record WorkerAccount(
    long bytes, long messages, long syncs, double busySeconds, long mostBytes) {}
