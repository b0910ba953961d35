package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisDataException;

class ScriptErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "OOM command not allowed",
                "ERR Error running script (call to f_0): @user_script:4: -OOM command not allowed",
                "ERR Error running script (call to f_0): @user_script:4: @user_script: 4: -OOM command not allowed",
            })
    void whatAScriptRanIntoIsTheErrorItself(String reply) {
        assertThat(RedisErrors.text(new JedisDataException(reply))).isEqualTo("OOM command not allowed");
    }
}
