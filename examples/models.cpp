// Which models there are, what they can do, and how many tokens a prompt has.
#include <iostream>

#include "connect.hpp"

int main() {
    const examples::Connection connection;
    try {
        const genai::Client client(connection.options());
        for (const genai::Model& model : client.models.list({.page_size = 50}))
            std::cout << model.name << ": " << model.input_token_limit.value_or(0) << " tokens in, "
                      << model.output_token_limit.value_or(0) << " out\n";
        std::cout << *client.models.get(examples::model).display_name << '\n';
        std::cout << *client.models
                          .count_tokens(examples::model, "How many are these?",
                                        {.system_instruction = "Counted too."})
                          .total_tokens
                  << " tokens\n";
    } catch (const genai::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
