"""The look of Haven: GOV.UK components, form widgets, base pages and charts. Knows no case and no person."""
