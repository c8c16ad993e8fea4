# The emulator as a process, and programs that talk to it: the README's, and the conformance driver.
set(cases [[{"id":1,"method":"models.generate_content","params":{"model":"gemini-x","contents":"hi"}}
{"id":2,"method":"models.generate_content_stream","params":{"model":"gemini-x","contents":["a",{"text":"b"}]}}
{"id":3,"method":"models.generate_content","params":{"model":"nope","contents":"hi"}}
{"id":4,"method":"types.fields","params":{"type":"Content"}}
{"id":5,"method":"types.round_trip","params":{"type":"Part","value":{"text":"x","new":1.10}}}
{"id":6,"method":"types.fields","params":{"type":"Nothing"}}
]])
file(WRITE cases.jsonl "${cases}")
execute_process(
    COMMAND sh -c "
        fifo=emulator.$$; mkfifo $fifo
        '${EMULATOR}' <$fifo >emulator.out & pid=$!
        exec 9>$fifo; rm $fifo
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do grep -q API_KEY emulator.out && break; sleep 0.2; done
        url=$(sed -n s/GOOGLE_GEMINI_BASE_URL=//p emulator.out)
        for program in '${QUICKSTART}' '${TOOL}' '${PARSED}'; do
            GOOGLE_API_KEY= GEMINI_API_KEY=test-key GOOGLE_GEMINI_BASE_URL=$url $program
            echo
        done
        '${DRIVER}' --base-url $url <cases.jsonl
        exec 9>&-; wait $pid"
    OUTPUT_VARIABLE output RESULT_VARIABLE result)
message("${output}")
foreach(expected
        "You said: \"Explain quantum computing in one sentence\"" "You said: \"Now as a poem\"" "get_weather gave {\"result\":\"sunny in Paris\"}" "Soup: 1 min, 1 ingredients" "\"id\":1,\"result\":{\"candidates\""
        "\"id\":2,\"result\":\\[{\"candidates\"" "\"id\":3,\"error\":{\"type\":\"ClientError\"" "\"id\":4,\"result\":\\[\"parts\",\"role\"\\]"
        "\"id\":5,\"result\":{\"text\":\"x\",\"new\":1.1" "\"id\":6,\"error\"")
    if(NOT output MATCHES "${expected}")
        message(FATAL_ERROR "not said: ${expected}")
    endif()
endforeach()
if(NOT result EQUAL 0)
    message(FATAL_ERROR "ended with ${result}")
endif()
