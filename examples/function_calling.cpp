// The model calls functions of this program: written as for anyone, described by their types, called for it.
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <genai/tools.hpp>

#include "connect.hpp"

namespace {

enum class Unit { celsius, fahrenheit };
constexpr void enumerators(Unit, auto&& visit) {
    visit("celsius", Unit::celsius);
    visit("fahrenheit", Unit::fahrenheit);
}

double get_temperature(const std::string& city, std::optional<Unit> unit) {
    const double celsius = static_cast<double>(city.size()) + 15;
    return unit == Unit::fahrenheit ? celsius * 1.8 + 32 : celsius;
}

struct Booking {
    static constexpr std::string_view description = "A room to book";

    std::string hotel{};
    int nights{};

    static constexpr void fields(auto& self, auto&& visit) {
        visit("hotel", self.hotel);
        visit("nights", self.nights, genai::Note{.description = "How many", .minimum = 1, .maximum = 30});
    }
};

class Hotels {
public:
    std::string book(const Booking& booking) {
        const std::lock_guard lock(mutex_);  // calls of one turn may be made at the same time
        int& booked = booked_[booking.hotel];
        if (booked == 2) throw std::runtime_error("no room left");  // which the model is told
        ++booked;
        return "booked for " + std::to_string(booking.nights) + " nights";
    }

private:
    std::mutex mutex_{};
    std::map<std::string, int> booked_{};
};

}  // namespace

int main() {
    const examples::Connection connection;
    const genai::Client client(connection.options());

    Hotels hotels;
    const std::vector<genai::Tool> tools{
        genai::tool("get_temperature", "The current temperature in a city", {"city", "unit"},
                    get_temperature),
        genai::tool("book_hotel", "Books a room", &Hotels::book, &hotels),
    };
    const auto response =
        client.models.generate_content(examples::model, "How warm is it in Paris?", {.tools = tools});
    std::cout << response.text() << '\n';

    // A chat in which each call is shown first, a second booking is refused, and those of one turn are made
    // at the same time.
    bool booked = false;
    const auto before = [&booked](const genai::FunctionCall& call) -> std::optional<genai::Json> {
        std::cout << "[" << call.name.value_or("") << ' ' << call.args.value_or(genai::Json::object())
                  << "]\n";
        if (call.name == "book_hotel" && std::exchange(booked, true))
            return genai::Json{{"error", "the user said no"}};
        return std::nullopt;  // it is made
    };
    auto chat = client.chats.create(
        examples::model,
        {.tools = tools, .automatic_function_calling = {.maximum_parallel_calls = 4, .before = before}});
    for (const auto& chunk : chat.send_message_stream("Use get_temperature and book_hotel for Rome"))
        std::cout << chunk.text() << std::flush;
    std::cout << '\n' << chat.history().size() << " turns\n";
}
