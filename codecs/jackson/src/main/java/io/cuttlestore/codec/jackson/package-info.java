/**
 * The formats {@code json} and {@code cbor}, found by themselves once this module is there, and
 * {@link io.cuttlestore.codec.jackson.JacksonCodec} for applications with a mapper of their own.
 */
@NullMarked
package io.cuttlestore.codec.jackson;

import org.jspecify.annotations.NullMarked;
