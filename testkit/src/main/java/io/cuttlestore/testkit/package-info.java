/**
 * The conformance kit of Cuttlestore.
 *
 * <p>A backend's author extends {@link io.cuttlestore.testkit.CuttlestoreKit}. The tools that it is made of are published
 * too: a {@linkplain io.cuttlestore.testkit.FakeClock fake clock}, a {@linkplain
 * io.cuttlestore.testkit.FaultInjectingBackend layer that injects faults} and a {@linkplain
 * io.cuttlestore.testkit.Linearizability linearizability checker}.
 */
@NullMarked
package io.cuttlestore.testkit;

import org.jspecify.annotations.NullMarked;
