#pragma once

/// What calls cost, by dated prices, exactly; meters and budgets.

#include <genai/cost/cost_meter.hpp>
#include <genai/cost/cost_of.hpp>
#include <genai/cost/dollars.hpp>
#include <genai/cost/price_table.hpp>
